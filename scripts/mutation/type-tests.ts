/** Whether the type tests compile against the types of a document. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'
import type { OpenApiDocument } from '../../src/document.ts'
import { projectFolder } from '../build/step.ts'
import { typesOf } from '../build/types.ts'

const tests = resolve(projectFolder, 'tests/spec/types.ts')
const types = resolve(projectFolder, 'generated/schema.d.ts')

/** Types without their comments: a comment is no constraint. */
const withoutComments = (text: string) => text.replaceAll(/\/\*\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\n/gm, '')

/**
 * Makes the check. Only the types change from call to call, so the compiler's own library is read once.
 * @param original the document as it is, whose types the tests fit
 * @returns for a document: `same` where its types are those of the original, else whether the tests compile
 */
export const createTypeTests = async (original: OpenApiDocument) => {
  const { config } = ts.readConfigFile(resolve(projectFolder, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [tests], include: [] }, ts.sys, projectFolder)
  const unchanged = withoutComments(typesOf(JSON.stringify(original)))
  let version = 0
  let text = unchanged
  const textOf = (file: string) => (file === types ? text : readFileSync(file, 'utf8'))
  const service = ts.createLanguageService({
    getScriptFileNames: () => [tests, types],
    getScriptVersion: (file) => (file === types ? String(version) : '0'),
    getScriptSnapshot: (file) => (file === types || ts.sys.fileExists(file) ? ts.ScriptSnapshot.fromString(textOf(file)) : undefined),
    getCurrentDirectory: () => projectFolder,
    getCompilationSettings: () => ({ ...options, types: [] }),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
  })
  return async (document: OpenApiDocument): Promise<'same' | boolean> => {
    const mutated = withoutComments(typesOf(JSON.stringify(document)))
    if (mutated === unchanged) return 'same'
    text = mutated
    version += 1
    return service.getSemanticDiagnostics(tests).length === 0
  }
}
