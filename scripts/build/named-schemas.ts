/** Gives the types of schemas names of their own, which editors and compilers show instead of what the types are made of. */
import type ts from 'typescript'
import { typescript } from './typescript.ts'

const { factory } = typescript
const { ExportKeyword } = typescript.SyntaxKind

/** Text of `components["schemas"]["Name"]`, for the name. */
const schemaNameOf = (node: ts.Node): string | undefined => {
  if (!typescript.isIndexedAccessTypeNode(node) || !typescript.isIndexedAccessTypeNode(node.objectType)) return
  const texts = [node.objectType.indexType, node.indexType].map((index) =>
    typescript.isLiteralTypeNode(index) && typescript.isStringLiteral(index.literal) ? index.literal.text : undefined,
  )
  const { objectType: root } = node.objectType
  return typescript.isTypeReferenceNode(root) &&
    typescript.isIdentifier(root.typeName) &&
    root.typeName.text === 'components' &&
    texts[0] === 'schemas'
    ? texts[1]
    : undefined
}

/** openapi-typescript's own alias of a schema, which it writes as one identifier. */
const isSchemaAlias = (node: ts.Node) =>
  typescript.isTypeAliasDeclaration(node) &&
  typescript.isTypeReferenceNode(node.type) &&
  typescript.isIdentifier(node.type.typeName) &&
  node.type.typeName.text.startsWith("components['schemas']")

/** A comment whose description is its text, which editors show first, rather than a tag. */
const readable = (comment: string) =>
  comment
    .replace(' (enum property replaced by openapi-typescript)', '')
    .replace(/(\n \* [^@\n][^\n]*\n \*) @description /, '$1\n * ')
    .replace('@description ', '')

const tidyComments = (node: ts.Node) => {
  for (const comment of typescript.getSyntheticLeadingComments(node) ?? []) comment.text = readable(comment.text)
}

/** Replaces `components["schemas"]["Name"]` by `Name`, and tidies comments. */
const withNames = <Node extends ts.Node>(node: Node): Node => {
  const visitor =
    (context: ts.TransformationContext) =>
    (root: Node): Node => {
      const visit = (each: ts.Node): ts.Node => {
        tidyComments(each)
        const name = schemaNameOf(each)
        return name ? factory.createTypeReferenceNode(name) : typescript.visitEachChild(each, visit, context)
      }
      return typescript.visitEachChild(root, visit, context)
    }
  return typescript.transform(node, [visitor]).transformed[0] ?? node
}

const nameOf = ({ name }: ts.PropertySignature) => (typescript.isIdentifier(name) || typescript.isStringLiteral(name) ? name.text : '')

const isSchemas = (member: ts.TypeElement): member is ts.PropertySignature & { type: ts.TypeLiteralNode } =>
  typescript.isPropertySignature(member) &&
  nameOf(member) === 'schemas' &&
  member.type !== undefined &&
  typescript.isTypeLiteralNode(member.type)

/** One exported type for each schema, with the comment that stood on its property. */
const aliasesOf = (schemas: ts.TypeLiteralNode) =>
  schemas.members.filter(typescript.isPropertySignature).map((property) => {
    tidyComments(property)
    const type = property.type ?? factory.createKeywordTypeNode(typescript.SyntaxKind.UnknownKeyword)
    const alias = factory.createTypeAliasDeclaration([factory.createModifier(ExportKeyword)], nameOf(property), undefined, type)
    return typescript.setSyntheticLeadingComments(withNames(alias), typescript.getSyntheticLeadingComments(property))
  })

/** `schemas` as names of the exported types. */
const namesOf = (schemas: ts.TypeLiteralNode) =>
  factory.createTypeLiteralNode(
    schemas.members
      .filter(typescript.isPropertySignature)
      .map((property) =>
        factory.createPropertySignature(undefined, property.name, undefined, factory.createTypeReferenceNode(nameOf(property))),
      ),
  )

/**
 * The nodes with an exported type for each schema, which everything else refers to by its name.
 * @param nodes what openapi-typescript makes of a document
 */
export const withNamedSchemas = (nodes: ts.Node[]): ts.Node[] => {
  const aliases: ts.Node[] = []
  const others = nodes
    .filter((node) => !isSchemaAlias(node))
    .map((node) => {
      if (!typescript.isInterfaceDeclaration(node) || node.name.text !== 'components') return withNames(node)
      const members = node.members.map((member) => {
        if (!isSchemas(member)) return withNames(member)
        aliases.push(...aliasesOf(member.type))
        return factory.createPropertySignature(undefined, 'schemas', undefined, namesOf(member.type))
      })
      return factory.createInterfaceDeclaration(node.modifiers, node.name, undefined, undefined, members)
    })
  return [...others, ...aliases]
}
