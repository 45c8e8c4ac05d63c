interface Place {
  readonly host: string
  readonly port: number
}

const explanations: Readonly<Record<string, (place: Place) => string>> = {
  EADDRINUSE: ({ host, port }) =>
    `Port ${port} on ${host} is in use. Stop the process that has it, or set PORT to another port; PORT=0 takes any free one.`,
  EACCES: ({ host, port }) =>
    `Listening on port ${port} of ${host} is not permitted. Set PORT to a port from 1024 on, or give the process the right to use it.`,
  EADDRNOTAVAIL: ({ host, port }) =>
    `The address ${host} (for port ${port}) is not one of this machine's. Set HOST to one that is: 127.0.0.1 for this machine only, 0.0.0.0 for all networks. PORT is not the problem.`,
}

const unresolved = ({ host, port }: Place) =>
  `The host ${host} (for port ${port}) cannot be resolved to an address. Set HOST to an address of this machine, such as 127.0.0.1. PORT is not the problem.`

const codeOf = (failure: unknown) =>
  failure instanceof Error && 'code' in failure && typeof failure.code === 'string' ? failure.code : ''

/** A failure to listen in words that name host and port, and say what to do. */
export function explainListenFailure(failure: unknown, place: Place): Error {
  const code = codeOf(failure)
  const explain = explanations[code] ?? (/^(ENOTFOUND|EAI_)/.test(code) ? unresolved : undefined)
  const message =
    explain?.(place) ??
    `Listening on port ${place.port} of ${place.host} failed (${code || 'no code'}). Set HOST or PORT to another one.`
  return new Error(message, { cause: failure })
}
