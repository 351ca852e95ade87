/** Program: the mock on any bundle. `node serve-document.ts <openapi.json> <port>` */
import { readFileSync } from 'node:fs'
import { createFront } from '../../../src/server/front.ts'
import { serverOf } from '../../../src/server/listen.ts'
import { createMock } from '../../../src/server/mock.ts'
import { createValidator } from '../../../src/validator.ts'

const [file, port] = process.argv.slice(2)
const document = JSON.parse(readFileSync(file!, 'utf8'))
const server = serverOf(await createFront({ document, validator: createValidator(document), handler: await createMock(document) }))
await server.listen({ port: Number(port) })
