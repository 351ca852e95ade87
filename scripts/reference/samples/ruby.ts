/** Samples for Ruby, with net/http. */
import { exampleKey } from '../../../src/example-key.ts'
import { baseUrl, type Call } from './call.ts'
import { literal, notations } from './literal.ts'

const className = (method: string) => method[0] + method.slice(1).toLowerCase()

export const ruby = ({ method, path, body }: Call) =>
  [
    "require 'net/http'",
    ...(body ? ["require 'json'"] : []),
    '',
    `uri = URI('${baseUrl}${path}')`,
    `request = Net::HTTP::${className(method)}.new(uri${body ? ", 'Content-Type' => 'application/json'" : ''})`,
    `request.basic_auth '${exampleKey}', ''`,
    ...(body ? [`request.body = ${literal(body, notations.ruby)}.to_json`] : []),
    '',
    "response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') do |http|",
    '  http.request(request)',
    'end',
    'puts response.body',
  ].join('\n')
