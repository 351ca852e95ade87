/**
 * Diagrams of the guides, drawn to SVG from their source texts. Lines and text have the colour of the text around them, so that one
 * drawing serves light and dark.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, parse } from 'node:path'
import { Graphviz } from '@hpcc-js/wasm-graphviz'
import type { Translate } from '../../src/pages/translator.ts'
import { required } from '../../src/required.ts'
import { BuildError } from '../build/step.ts'
import { sentencesText, withNote } from './phrases.ts'

export type Diagram = {
  /** Size in CSS pixels. */
  width: number
  height: number
  /** What it shows, in words, for those who do not see it. */
  text: string
  /** Inner SVG, drawn from the origin. */
  svg: string
}

/** Drawing of a name; undefined for one that there is no source of. */
export type Draw = (name: string) => Diagram | undefined

const graphviz = await Graphviz.load()

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Columns that a text takes in a font of fixed width: letters of East Asia take two. */
const columnsOf = (text: string) => [...text].reduce((sum, letter) => sum + (/[\u1100-\u11ff\u2e80-\uffef]/.test(letter) ? 2 : 1), 0)

const labelPattern = /\[label="([^"]+)"\]/g

/** Words of a label; its lines are those of the drawing. */
const wordsOf = (label: string) =>
  label
    .split('\\l')
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n')

/**
 * Draws a graph in the DOT language.
 * @param t translates the labels of edges; what is in the nodes is named by the API
 * @throws {BuildError} where the source does not parse
 */
export const drawGraph = (source: string, name: string, t: Translate): Diagram => {
  // Graphviz knows the width of Latin letters alone, so it draws letters of the right number, which are then replaced.
  const lines: string[] = []
  const placeOf = (line: string) => `@${lines.push(line)}@`.padEnd(columnsOf(line), '@')
  const measurable = source.replaceAll(labelPattern, (_label, label: string) => {
    const places = t(wordsOf(label)).split('\n').map(placeOf)
    return `[label="${places.map((place) => ` ${place}\\l`).join('')}"]`
  })
  let drawn: string
  try {
    drawn = graphviz.dot(measurable)
  } catch (error) {
    throw new BuildError(`${name}: ${(error as Error).message}`)
  }
  const [, width, height] = /<svg width="(\d+)pt" height="(\d+)pt"/.exec(drawn) ?? []
  const svg = drawn
    .slice(drawn.indexOf('<g id="graph0"'), drawn.lastIndexOf('</svg>'))
    .replaceAll(/<title>[^<]*<\/title>\n?|<!--[\s\S]*?-->\n?/g, '')
    .replace(/<polygon fill="white" stroke="none"[^>]*\/>\n?/, '')
    .replaceAll(/ id="[^"]*"/g, '')
    .replaceAll('"black"', '"currentColor"')
    .replaceAll('"lightgrey"', '"currentColor"')
    .replaceAll(/ font-family="[^"]*"/g, ' fill="currentColor"')
    .replaceAll(/@(\d+)@+/g, (_place, number: string) => escaped(lines[Number(number) - 1] ?? ''))
  const edges = [...source.matchAll(/^\s*(\w+) -> (\w+)(?: \[label="([^"]*)"\])?/gm)]
  const step = ([, from = '', to = '', label = '']: string[]) => {
    const moved = t('{from} to {to}', { from: from === 'created' ? t('created') : from, to })
    return label ? withNote(moved, sentencesText(t(wordsOf(label)).split('\n'), t), t) : moved
  }
  const steps = edges.map(step).join('; ')
  return { width: Number(width), height: Number(height), text: t('States: {steps}.', { steps }), svg }
}

const columnWidth = 230
const rowHeight = 44
const boxWidth = 120
const boxHeight = 32
const arrow = 7

/** Whether a text is a request or the name of an event. */
const isNameOfApi = (text: string) => /^(?:[A-Z]+ \/\S+|[\w.]+\.[\w.]+)$/.test(text)

/**
 * Draws messages between actors. The source names the actors once, then has one message a line, top to bottom:
 * `Shop -> KOMOJU: text`, with `-->` for a response or an event, which is dashed.
 * @param t translates actors and texts; what is a name of the API alone stays
 * @throws {BuildError} with the line that is no message
 */
export const drawSequence = (source: string, name: string, t: Translate): Diagram => {
  const lines = source.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  const actors = (lines.shift() ?? '')
    .replace(/^actors:/, '')
    .split(',')
    .map((actor) => actor.trim())
  const center = (actor: string) => boxWidth / 2 + 1 + actors.indexOf(actor) * columnWidth
  const messages = lines.map((line) => {
    const [, from = '', dashes, to = '', text = ''] = /^(\w+) (-{1,2})> (\w+): (.+)$/.exec(line) ?? []
    if (!actors.includes(from) || !actors.includes(to))
      throw new BuildError(
        `${name}: "${line}" is no message between ${actors.join(', ')}. Write it as \`${actors[0]} -> ${actors[1]}: text\`.`,
      )
    return { from, to, text: isNameOfApi(text) ? text : t(text), isResponse: dashes === '--' }
  })
  const bottom = boxHeight + rowHeight * (messages.length + 0.5)
  const heads = actors.map((actor) => {
    const x = center(actor)
    return `<rect x="${x - boxWidth / 2}" y="1" width="${boxWidth}" height="${boxHeight}" rx="8" fill="none" stroke="currentColor"/>
<text x="${x}" y="22" text-anchor="middle" font-size="16" fill="currentColor">${escaped(t(actor))}</text>
<line x1="${x}" y1="${boxHeight + 1}" x2="${x}" y2="${bottom}" stroke="currentColor" stroke-opacity="0.35"/>`
  })
  const arrows = messages.map(({ from, to, text, isResponse }, row) => {
    const y = boxHeight + rowHeight * (row + 1)
    const [start, end] = [center(from), center(to)]
    const back = end > start ? -arrow : arrow
    return `<line x1="${start}" y1="${y}" x2="${end}" y2="${y}" stroke="currentColor"${isResponse ? ' stroke-dasharray="5 4"' : ''}/>
<polygon points="${end},${y} ${end + back},${y - 4} ${end + back},${y + 4}" fill="currentColor"/>
<text x="${(start + end) / 2}" y="${y - 7}" text-anchor="middle" font-size="15" fill="currentColor">${escaped(text)}</text>`
  })
  return {
    width: boxWidth + 2 + columnWidth * (actors.length - 1),
    height: Math.ceil(bottom),
    text: t('Steps: {steps}.', {
      steps: messages
        .map(({ from, to, text }) => t('{label}: {text}', { label: t('{from} to {to}', { from: t(from), to: t(to) }), text }))
        .join('; '),
    }),
    svg: [...heads, ...arrows].join('\n'),
  }
}

const painters = { '.dot': drawGraph, '.seq': drawSequence }

/**
 * Draws from the sources of a folder.
 * @throws {BuildError} for a source that does not parse
 */
export const drawerFor =
  (folder: string, t: Translate): Draw =>
  (name) => {
    for (const [extension, draw] of Object.entries(painters)) {
      const file = join(folder, name + extension)
      if (existsSync(file)) return draw(readFileSync(file, 'utf8'), file, t)
    }
    return undefined
  }

/** Every drawing of a folder, by name. */
export const diagramsIn = (folder: string, t: Translate): Record<string, Diagram> => {
  const draw = drawerFor(folder, t)
  const names = globSync('*.{dot,seq}', { cwd: folder }).map((file) => parse(file).name)
  return Object.fromEntries(names.map((name) => [name, required(draw(name), name)]))
}
