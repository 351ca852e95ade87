/** Faults of the second server in what a request may be, and in what it changes. */
import { findsAll, kindsOfRequests } from './finds.ts'

findsAll((kind) => kindsOfRequests.includes(kind))
