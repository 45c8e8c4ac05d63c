/** A fenced block of a Markdown document. */
export interface CodeBlock {
  readonly language: string
  /** What follows the language on the fence's line, such as a file's name; empty for nothing. */
  readonly title: string
  readonly code: string
  /** Of the fence, from 1. */
  readonly line: number
}

/** The fenced blocks of a document, in their order. */
export function codeBlocks(markdown: string): readonly CodeBlock[] {
  return [...markdown.matchAll(/^( *)```(\w+)[ \t]*(.*)\n([^]*?)^\1```$/gm)].map(
    ({ 1: indent = '', 2: language = '', 3: title = '', 4: code = '', index }) => ({
      language,
      title: title.trim(),
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      line: markdown.slice(0, index).split('\n').length,
    }),
  )
}
