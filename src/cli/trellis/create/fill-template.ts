/**
 * Puts values in the place of `{{name}}`.
 *
 * @throws Error that names a placeholder for which there is no value
 */
export const fillTemplate = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`A template has {{${name}}}, for which there is no value.`)
    return value
  })
