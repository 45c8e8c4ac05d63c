import { type Context, TrellisError } from '@trellis/sdk'

/** Whether the viewer may decide about extensions, and so see what was decided. */
export const mayDecide = ({ rights }: Context): boolean => {
  try {
    rights.assert('update', { entity: 'Extension' })
    return true
  } catch (error) {
    if (error instanceof TrellisError) return false
    throw error
  }
}
