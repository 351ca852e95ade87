/** Faults of the second server in what it returns, keeps apart and survives. */
import { findsAll, kindsOfRequests } from './finds.ts'

findsAll((kind) => !kindsOfRequests.includes(kind))
