/** Samples for PHP, with its HTTP streams. */
import { exampleKey } from '../../../src/example-key.ts'
import { baseUrl, type Call } from './call.ts'
import { literal, notations } from './literal.ts'

export const php = ({ method, path, body }: Call) =>
  [
    '<?php',
    '',
    '$context = stream_context_create([',
    "    'http' => [",
    ...(method === 'GET' ? [] : [`        'method' => '${method}',`]),
    "        'header' => [",
    `            'Authorization: Basic ' . base64_encode('${exampleKey}:'),`,
    ...(body ? ["            'Content-Type: application/json',"] : []),
    '        ],',
    ...(body ? [`        'content' => json_encode(${literal(body, notations.php, 2)}),`] : []),
    "        'ignore_errors' => true,",
    '    ],',
    ']);',
    `echo file_get_contents('${baseUrl}${path}', false, $context);`,
  ].join('\n')
