/** Completion for shells, written from the commands themselves. */
import type { Command, Option } from 'commander'
import { quoted } from '../shell.ts'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

const optionsOf = (command: Command): Option[] => command.createHelp().visibleOptions(command)
const flagsOf = (command: Command): string[] =>
  optionsOf(command).flatMap(({ short, long }) => [short, long].filter((flag) => flag != null))
const commandsOf = (program: Command): Command[] => program.createHelp().visibleCommands(program)

const bash = (program: Command) => {
  const name = program.name()
  const cases = commandsOf(program).map((command) => `    ${command.name()}) words=${quoted(flagsOf(command).join(' '))} ;;`)
  return `# Completion of ${name} for bash. Add to ~/.bashrc:  eval "$(${name} completion bash)"
_komoju_openapi() {
  local current=\${COMP_WORDS[COMP_CWORD]} words
  if [ "$COMP_CWORD" -eq 1 ]; then
    words=${quoted([...commandsOf(program).map((command) => command.name()), ...flagsOf(program)].join(' '))}
  else
    case \${COMP_WORDS[1]} in
${cases.map((line) => `  ${line}`).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _komoju_openapi ${name}
`
}

/** zsh reads \`:\` and brackets in a description as its own. */
const zshText = (text: string) => text.replaceAll(/[\\:[\]]/g, (sign) => `\\${sign}`)

const zsh = (program: Command) => {
  const name = program.name()
  const commands = commandsOf(program).map((command) => `    ${quoted(`${command.name()}:${zshText(command.description())}`)}`)
  const cases = commandsOf(program).map((command) => {
    const specs = optionsOf(command).map(({ long, short, description, required, optional }) => {
      const takesValue = required || optional
      return `        ${quoted(`${long ?? short}[${zshText(description)}]${takesValue ? ':value:_files' : ''}`)}`
    })
    return `      ${command.name()}) _arguments \\\n${[...specs, "        '*:file:_files'"].join(' \\\n')} ;;`
  })
  return `#compdef ${name}
# Completion of ${name} for zsh. Add to ~/.zshrc, after compinit:  eval "$(${name} completion zsh)"
_komoju_openapi() {
  local -a commands
  commands=(
${commands.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
  else
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
${cases.join('\n')}
    esac
  fi
}
compdef _komoju_openapi ${name}
`
}

const fish = (program: Command) => {
  const name = program.name()
  const lines = commandsOf(program).flatMap((command) => [
    `complete -c ${name} -n __fish_use_subcommand -f -a ${command.name()} -d ${quoted(command.description())}`,
    ...optionsOf(command).map(
      ({ long, short, description, required, optional }) =>
        `complete -c ${name} -n '__fish_seen_subcommand_from ${command.name()}'${long ? ` -l ${long.slice(2)}` : ''}${
          short ? ` -s ${short.slice(1)}` : ''
        }${required || optional ? ' -r' : ''} -d ${quoted(description)}`,
    ),
  ])
  return `# Completion of ${name} for fish. Save as ~/.config/fish/completions/${name}.fish\n${lines.join('\n')}\n`
}

const writers: Record<Shell, (program: Command) => string> = { bash, zsh, fish }

/**
 * Writes the completion of a program.
 * @returns a script that the shell reads
 */
export const completionOf = (program: Command, shell: Shell): string => writers[shell](program)
