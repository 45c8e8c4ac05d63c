import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { constants, setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Limits, Log } from '@trellis/sdk'
import { describeFailure } from '../lib/describe-failure.ts'
import { createBackOff } from './back-off.ts'
import { logLines } from './log-lines.ts'
import { isTold, type Start, type Told } from './protocol.ts'
import { createReach, type Reach } from './reach.ts'

export interface KeepProcessOptions {
  /** The extension's name. */
  readonly name: string
  readonly limits: Required<Limits>
  /** The program that the process runs. */
  readonly entry: string
  readonly start: Pick<Start, 'files' | 'surroundings'>
  /** Called each time that it answers. */
  readonly onReady: () => void
  readonly log: Log
}

/** An extension's process, started again whenever it ends, until it is stopped. */
export interface KeptProcess {
  /** `null` while it is starting, or not there. */
  readonly reach: () => Reach | null
  /** Its process id, while it is there. */
  readonly pid: () => number | null
  /** Ends it; resolves when it is gone. */
  readonly stop: () => Promise<void>
}

/** How often a process is asked whether it is alive, and how long it may take to say so, or to start. */
const pingMs = 1000
const aliveMs = 5000
const startMs = 120_000

/** How long one that is stopped may take to finish what it does. */
const leaveMs = 2000

/** Starts an extension's process and keeps it there. One that does not answer for five seconds is killed. */
export function keepProcess(options: KeepProcessOptions): KeptProcess {
  const { name, limits, entry, start, onReady, log } = options
  // Nobody else may look into it: mkdtemp makes it 0700.
  const directory = mkdtempSync(join(tmpdir(), 'trellis-'))
  const backOff = createBackOff()
  const facts = { extension: name }
  let count = 0
  let child: ChildProcess | null = null
  let reach: Reach | null = null
  let isStopping = false
  let timer: NodeJS.Timeout | undefined
  let ended = Promise.resolve()

  const begin = (): void => {
    const began = performance.now()
    count += 1
    const [socketPath, secret] = [join(directory, `${count}.sock`), secretOf()]
    const { promise, resolve } = Promise.withResolvers<void>()
    ended = promise
    let watch: Watch | null = null
    const end = (how: object): void => {
      watch?.stop()
      const left = reach
      reach = null
      child = null
      void left?.close()
      resolve()
      if (isStopping) return
      const waitMs = backOff.after(performance.now() - began)
      log.error({ ...facts, ...how, waitMs }, 'the process of the extension ended; it is started again')
      timer = setTimeout(begin, waitMs)
    }
    const started = forked(entry, limits)
    if ('failure' in started) return end(started)
    const { process } = started
    child = process
    for (const stream of [process.stdout, process.stderr])
      if (stream) logLines(stream, { log, extension: name })
    watch = watchLife(process, { onSilence: what => log.error({ ...facts, pid: process.pid }, what) })
    process.on('message', message => {
      if (!isTold(message)) return
      watch.heard(message)
      if (message.kind === 'failed')
        log.error({ ...facts, failure: message.message }, 'the process of the extension could not start')
      if (message.kind !== 'ready') return
      reach = createReach({ name, url: 'http://localhost', socketPath, secret, limits, retries: 0 })
      log.info({ ...facts, pid: process.pid }, 'the process of the extension answers')
      onReady()
    })
    process.once('exit', (code, signal) => end({ code, signal }))
    process.on('error', failure => {
      // One that was never there does not exit.
      if (process.pid === undefined) end({ failure: failure.message })
    })
    // Nor has it a channel to be told over.
    if (process.pid === undefined) return
    yieldToOthers(process.pid)
    process.send({ kind: 'start', name, ...start, socketPath, secret } satisfies Start, failure => {
      if (failure)
        log.warn({ ...facts, failure: failure.message }, 'the process of the extension was not told')
    })
  }

  begin()
  return {
    reach: () => reach,
    pid: () => child?.pid ?? null,
    async stop() {
      isStopping = true
      clearTimeout(timer)
      const left = child
      if (left) {
        left.kill('SIGTERM')
        const impatient = setTimeout(() => left.kill('SIGKILL'), leaveMs)
        await ended
        clearTimeout(impatient)
      }
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** A process as it begins. Where there are no files, no memory or no room in the table of processes left, there may be none. */
function forked(
  entry: string,
  { memoryMb }: Required<Limits>,
): { readonly process: ChildProcess } | { readonly failure: string } {
  try {
    const process = fork(entry, [], {
      execArgv: [`--max-old-space-size=${memoryMb}`],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    })
    return { process }
  } catch (failure) {
    return { failure: describeFailure(failure).message }
  }
}

/**
 * Has the system give processors to the gateway and the database first, where there are not enough for all: what starts, collects its garbage or
 * runs in circles takes no time of the core's. Threads that it makes from now on inherit it, and it has made none yet.
 */
function yieldToOthers(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It is gone already, or the system has no priorities to set.
  }
}

const secretOf = (): string => `whsec_${randomBytes(32).toString('base64')}`

interface Watch {
  readonly heard: (told: Told) => void
  readonly stop: () => void
}

/** Kills a process that takes too long to start, and then one whose event loop stands still. */
function watchLife(
  process: ChildProcess,
  { onSilence }: { readonly onSilence: (what: string) => void },
): Watch {
  let pinging: NodeJS.Timeout | undefined
  let unheard = 0
  const giveUp = (what: string): void => {
    onSilence(what)
    process.kill('SIGKILL')
  }
  const starting = setTimeout(
    giveUp,
    startMs,
    'the process of the extension did not start in time and is killed',
  ).unref()
  // Counted by turns of this process's own: one that was busy itself has not listened.
  const ping = (): void => {
    if (unheard >= aliveMs / pingMs) return giveUp('the process of the extension is blocked and is killed')
    unheard += 1
    if (process.connected) process.send({ kind: 'ping' }, () => undefined)
  }
  return {
    heard({ kind }) {
      if (kind === 'failed') return
      clearTimeout(starting)
      unheard = 0
      pinging ??= setInterval(ping, pingMs).unref()
    },
    stop() {
      clearTimeout(starting)
      clearInterval(pinging)
    },
  }
}
