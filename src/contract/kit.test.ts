/** The tests that the command runs: the contract against the target that the command was given. */
import { inject } from 'vitest'
import type { KitMessage } from './channel.ts'
import { contract } from './index.ts'

const { channel: name, options, withExchanges } = inject('contract')
const channel = new BroadcastChannel(name)
const tell = (message: KitMessage) => channel.postMessage(message)

contract({
  ...options,
  onStart: (session) => {
    channel.onmessage = ({ data }) => {
      if ((data as KitMessage).type === 'stop') session.stop()
    }
  },
  onCheck: (session) => tell({ type: 'progress', requests: session.sent(), findings: session.findings().length }),
  onVerdict: (verdict, session) => {
    tell({ type: 'verdict', verdict, exchanges: withExchanges ? session.exchanges() : [] })
    channel.close()
  },
})
