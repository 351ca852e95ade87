/** How Redocly reads the source, for the lint and for the bundle: with the settings of redocly.yaml, and each file parsed once. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Document, Source } from '@redocly/openapi-core'
import { hasten } from './ajv.ts'
import { openapiCore } from './openapi-core.ts'
import { realPath } from './redocly-path.ts'
import { projectFolder } from './step.ts'

// Redocly has an Ajv of its own.
hasten(openapiCore.Ajv2020)

/** Parsed files by their paths. */
const parsed = new Map<string, Document>()

class SourceResolver extends openapiCore.BaseResolver {
  // Hundreds of small files are read sooner without a thread for each. What cannot be read so is left to Redocly, and to its errors.
  override async loadExternalRef(file: string): Promise<Source> {
    try {
      return new openapiCore.Source(file, readFileSync(realPath(file), 'utf8').replaceAll('\r\n', '\n'))
    } catch {
      return super.loadExternalRef(realPath(file))
    }
  }

  override parseDocument(source: Source, isRoot = false): Document {
    const known = parsed.get(source.absoluteRef)
    const document = known?.source.body === source.body ? known : super.parseDocument(source, isRoot)
    parsed.set(source.absoluteRef, document)
    // Redocly writes into what it is given.
    return { source, parsed: structuredClone(document.parsed) }
  }
}

/** Options of Redocly's functions that read a split document. */
export const readingOptions = async () => {
  const config = await openapiCore.loadConfig({ configPath: resolve(projectFolder, 'redocly.yaml') })
  return { config, externalRefResolver: new SourceResolver(config.resolve) }
}
