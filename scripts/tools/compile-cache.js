// Preloaded by `npm run build`: TypeScript that was stripped and compiled before is not stripped and compiled again, in no thread.
import module from 'node:module'

module.enableCompileCache()
