import { expect, test } from 'vitest'
import { parseCommand } from './parse-command.ts'

test.each([
  { words: [], command: { kind: 'apply' } },
  { words: ['status'], command: { kind: 'status' } },
  { words: ['--help'], command: { kind: 'help' } },
  { words: ['new', 'tags'], command: { kind: 'new', name: 'tags', extension: null } },
  {
    words: ['new', 'tiers', '--extension', 'loyalty'],
    command: { kind: 'new', name: 'tiers', extension: 'loyalty' },
  },
  {
    words: ['resolve', '2026_x', '--rolled-back'],
    command: { kind: 'resolve', name: '2026_x', extension: null, resolution: 'rolled-back' },
  },
])('npm run migrate -- $words', ({ words, command }) => {
  expect(parseCommand(words)).toEqual(command)
})

test.each([
  { words: ['deploy'], message: 'There is no command "deploy".' },
  { words: ['new'], message: 'new needs the NAME of a migration.' },
  { words: ['new', 'add', 'tags'], message: '"tags" is too much.' },
  { words: ['status', 'now'], message: '"now" is too much: status is for the core and all extensions.' },
  { words: ['--extension', 'loyalty'], message: '--extension is for new and resolve only.' },
  { words: ['new', 'tags', '--applied'], message: '--applied and --rolled-back are for resolve only.' },
  { words: ['resolve', 'x'], message: 'resolve needs either --applied or --rolled-back.' },
  {
    words: ['resolve', 'x', '--applied', '--rolled-back'],
    message: 'resolve needs either --applied or --rolled-back.',
  },
  { words: ['--force'], message: "Unknown option '--force'" },
])('npm run migrate -- $words is refused', ({ words, message }) => {
  expect(() => parseCommand(words)).toThrow(message)
})
