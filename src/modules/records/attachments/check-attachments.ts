import type { Change, Check, Records, UserError } from '@trellis/sdk'
import { isTaken, parseMediaType } from './media-type.ts'
import type { AttachmentSettings } from './settings.ts'

type Attachment = Records['Attachment']

/** Separators of paths, control characters, and marks that turn the direction of writing: `exe.fdp` would read `pdf.exe`. */
const notInNames = /[/\\\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

const problem = (change: Change<Attachment>, field: string, code: string, message: string): UserError => ({
  code,
  message,
  path: [...change.path, field],
})

function nameProblems(change: Change<Attachment>): readonly UserError[] {
  const { fileName } = change.values
  if (fileName === undefined || fileName === change.before?.fileName) return []
  if (!notInNames.test(fileName) && fileName !== '.' && fileName !== '..') return []
  const shown = JSON.stringify(fileName.slice(0, 60))
  return [
    problem(
      change,
      'fileName',
      'INVALID_FORMAT',
      `fileName is ${shown}; it has to be a name without a path or control characters, such as offer.pdf.`,
    ),
  ]
}

function typeProblems(change: Change<Attachment>, { types }: AttachmentSettings): readonly UserError[] {
  const { mimeType } = change.values
  if (mimeType === undefined || mimeType === change.before?.mimeType) return []
  const type = parseMediaType(mimeType)
  const shown = mimeType.slice(0, 60)
  if (!type)
    return [
      problem(
        change,
        'mimeType',
        'INVALID_FORMAT',
        `mimeType is "${shown}"; it has to look like application/pdf.`,
      ),
    ]
  if (isTaken(type, types)) return []
  return [
    problem(
      change,
      'mimeType',
      'TYPE_NOT_ALLOWED',
      `mimeType is "${shown}", which this installation does not take. Send another form of the file, such as application/pdf or application/zip.`,
    ),
  ]
}

/** Refuses names that are paths, and types that are not taken. */
export const checkAttachments: Check<Attachment> = (changes, { settings }) =>
  changes.flatMap(change => [...nameProblems(change), ...typeProblems(change, settings.attachments)])
