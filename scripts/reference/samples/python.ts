/** Samples for Python, with urllib. */
import { exampleKey } from '../../../src/example-key.ts'
import { baseUrl, type Call } from './call.ts'
import { literal, notations } from './literal.ts'

export const python = ({ method, path, body }: Call) =>
  [
    'import base64',
    ...(body ? ['import json'] : []),
    'from urllib.request import Request, urlopen',
    '',
    'request = Request(',
    `    "${baseUrl}${path}",`,
    ...(method === 'GET' ? [] : [`    method="${method}",`]),
    '    headers={',
    `        "Authorization": "Basic " + base64.b64encode(b"${exampleKey}:").decode(),`,
    ...(body ? ['        "Content-Type": "application/json",'] : []),
    '    },',
    ...(body ? [`    data=json.dumps(${literal(body, notations.python, 1)}).encode(),`] : []),
    ')',
    'with urlopen(request) as response:',
    '    print(response.read().decode())',
  ].join('\n')
