/** What vitest runs for the command: the contract against the target that the command was given. */
import { inject } from 'vitest'
import { contract } from '../index.ts'
import type { WorkerMessage } from './worker-messages.ts'

const { channelName, options, withExchanges } = inject('contract')
const channel = new BroadcastChannel(channelName)
const post = (message: WorkerMessage) => channel.postMessage(message)

contract({
  ...options,
  onStart: (run) => {
    channel.onmessage = ({ data }) => {
      if ((data as WorkerMessage).type === 'stop') run.stop()
    }
    post({ type: 'started' })
  },
  onEstimate: (estimate) => post({ type: 'estimate', estimate }),
  onCheck: (run) => post({ type: 'progress', requests: run.transport.exchanges.length, findings: run.recorder.findings.length }),
  onVerdict: (verdict, run) => {
    post({ type: 'verdict', verdict, exchanges: withExchanges ? run.exchanges : [] })
    channel.close()
  },
})
