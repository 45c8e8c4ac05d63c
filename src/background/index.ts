/** What goes on beside requests: events after commit, and jobs. */
export { type Background, type BackgroundOptions, createBackground } from './create-background.ts'
export { createEmitter } from './emitter.ts'
export { createJobQueue } from './job-queue.ts'
export type { JobRhythm } from './job-rhythm.ts'
export { openBoss } from './open-boss.ts'
export { withinDeadline } from './within-deadline.ts'
