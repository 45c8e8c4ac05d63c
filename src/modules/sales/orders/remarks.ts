/** Characters of what somebody has to say about a step or a decision, at most. */
const longest = 10_000

/** Why a remark is refused; `null` when it is not. */
export const remarkProblem = (remark: unknown): string | null =>
  typeof remark === 'string' && remark.length > longest
    ? `comment has ${remark.length} characters; ${longest} are allowed.`
    : null
