import type { Word } from './words.ts'

/** Studies are the folders of `studies`. */
const STUDIES = 'ls studies 2>/dev/null'

/** A completion for bash: words of the command line, or files where nothing else fits. */
export function bashScript(words: readonly Word[]): string {
  const cases = words.map(({ name, options, takesStudy, choices: own }) => {
    const choices = options
      .filter(({ choices }) => choices.length > 0)
      .map(({ flag, choices }) => `      ${name}:${flag}) words="${choices.join(' ')}" ;;`)
    const studies = takesStudy ? ` $(${STUDIES})` : ''
    return {
      choices,
      words: `      ${name}) words="${[...own, ...options.map(({ flag }) => flag)].join(' ')}${studies}" ;;`,
    }
  })
  return `_rondo() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]} words=
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${words.map(({ name }) => name).join(' ')}"
  else
    case "$command:$before" in
${cases.flatMap(({ choices }) => choices).join('\n')}
    esac
    [ -z "$words" ] && case "$command" in
${cases.map((one) => one.words).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o bashdefault -o default -F _rondo rondo
`
}

/** A completion for zsh, with the descriptions of commands and options. */
export function zshScript(words: readonly Word[]): string {
  const commands = words.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`)
  const cases = words.map(({ name, options, takesStudy, choices: own }) => {
    const specs = options.map(({ flag, description, takesValue, choices }) => {
      const values = choices.length > 0 ? `:value:(${choices.join(' ')})` : takesValue ? ':value:_files' : ''
      return `        ${quoted(`${flag}[${description.replaceAll(/[[\]:]/g, ' ')}]${values}`)}`
    })
    const first = takesStudy
      ? `'*:study:($(${STUDIES}))'`
      : own.length > 0
        ? `'1:value:(${own.join(' ')})'`
        : "'*:file:_files'"
    return `      ${name})\n        _arguments \\\n${specs.join(' \\\n')} \\\n        ${first} ;;`
  })
  return `#compdef rondo
_rondo() {
  local -a commands=(
${commands.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
  else
    local command=$words[2]
    shift words; (( CURRENT-- ))
    case $command in
${cases.join('\n')}
    esac
  fi
}
compdef _rondo rondo
`
}

/** A completion for fish. */
export function fishScript(words: readonly Word[]): string {
  const lines = words.flatMap(({ name, summary, options, takesStudy, choices: own }) => {
    const inside = `-n ${quoted(`__fish_seen_subcommand_from ${name}`)}`
    return [
      `complete -c rondo -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
      ...(takesStudy ? [`complete -c rondo ${inside} -f -a ${quoted(`(${STUDIES})`)}`] : []),
      ...(own.length > 0 ? [`complete -c rondo ${inside} -f -a ${quoted(own.join(' '))}`] : []),
      ...options.map(({ flag, description, takesValue, choices }) => {
        const values = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : takesValue ? ' -r' : ''
        return `complete -c rondo ${inside} -l ${flag.slice(2)}${values} -d ${quoted(description)}`
      }),
    ]
  })
  return `${lines.join('\n')}\n`
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
