/** Script of the reference: what the page cannot do by itself. Without it, everything is there to read. */
import { startChoices } from './choice.ts'
import { startCopy } from './copy.ts'
import { startFrame } from './frame.ts'
import { startLayout } from './layout.ts'
import { startPlaces } from './places.ts'
import { startSearch } from './search.ts'
import { startSend } from './send.ts'
import { startServer } from './server.ts'

startServer()
startChoices()
startPlaces()
startSearch()
startCopy()
startSend()
startFrame()
startLayout()
// What was shown before the first paint is now said by the page itself.
document.adoptedStyleSheets = []
