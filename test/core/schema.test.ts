import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isEnumType, isInputObjectType, isInterfaceType, isIntrospectionType, isObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { composedSchemaText, composeInstalled } from '../../src/start/composed-schema.ts'

test('schema.graphql is what core and installed extensions compose to', () => {
  const file = readFileSync(join(import.meta.dirname, '..', '..', 'schema.graphql'), 'utf8')
  const isCurrent = file === composedSchemaText()
  expect(isCurrent, 'schema.graphql is out of date: run `npm run schema` and commit it').toBe(true)
})

test('every type, field, argument, input field, enum value and directive is described', () => {
  const { schema } = composeInstalled()
  const undescribed: string[] = []
  const hold = (
    coordinate: string,
    { description }: { readonly description?: string | null | undefined },
  ) => {
    if (!description?.trim()) undescribed.push(coordinate)
  }
  for (const type of Object.values(schema.getTypeMap()).filter(
    candidate => !isIntrospectionType(candidate),
  )) {
    hold(type.name, type)
    if (isEnumType(type)) for (const value of type.getValues()) hold(`${type.name}.${value.name}`, value)
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) hold(`${type.name}.${field.name}`, field)
    if (isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields())) {
        hold(`${type.name}.${field.name}`, field)
        for (const argument of field.args) hold(`${type.name}.${field.name}(${argument.name}:)`, argument)
      }
  }
  for (const directive of schema.getDirectives()) {
    hold(`@${directive.name}`, directive)
    for (const argument of directive.args) hold(`@${directive.name}(${argument.name}:)`, argument)
  }
  expect(undescribed).toEqual([])
})
