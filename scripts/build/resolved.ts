/** A document with every reference replaced by what it refers to. */
import { type OpenApiDocument, resolveRef } from '../../src/document.ts'
import { isJsonObject } from '../../src/json-object.ts'

/**
 * Resolves the references of a bundle, which lead nowhere else. One within what it refers to stays.
 * @returns the document, which shares what several references have in common, and all references
 */
export const resolved = (document: OpenApiDocument): { document: unknown; references: string[] } => {
  const targets = new Map<string, unknown>()
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit)
    if (!isJsonObject(node)) return node
    const { $ref } = node
    if (typeof $ref !== 'string') return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, visit(value)]))
    if (!targets.has($ref)) {
      targets.set($ref, node)
      targets.set($ref, visit(resolveRef(document, { $ref })))
    }
    return targets.get($ref)
  }
  return { document: visit(document), references: [...targets.keys()] }
}
