/**
 * The catalogue of composition problems: a stable code and what it means. Codes that federation
 * composition has too keep its names, so that what is written about them elsewhere holds here.
 */
export const problemCodes = {
  // Manifest
  INVALID_SUBGRAPH_NAME: 'The extension has no name, or one that is not allowed.',
  DUPLICATE_NAME: 'Two extensions have one name.',
  INVALID_VERSION: 'A version is not semver.',
  INVALID_RANGE: 'A range of versions is not semver.',
  INCOMPATIBLE_TRELLIS_VERSION: 'The extension was not made for this version of Trellis.',
  DEPENDENCY_MISSING: 'An extension that it depends on is not installed.',
  DEPENDENCY_DISABLED: 'An extension that it depends on is switched off.',
  DEPENDENCY_VERSION_MISMATCH: 'An extension that it depends on is installed in another version.',
  DEPENDENCY_CYCLE: 'Extensions depend on each other in a circle.',
  REGISTRY_NAME_PREFIX: 'Loaders or services do not carry the name of their extension.',
  DEPENDENCY_QUARANTINED: 'An extension that it depends on is left out.',
  NOT_CONFIGURED: 'It waits for settings or secrets; its fields answer null.',
  SETUP_FAILED: 'The extension could not be set up; its fields answer null.',
  // SDL as it is written
  INVALID_GRAPHQL: 'The SDL does not parse, or breaks a rule of the GraphQL specification.',
  GRAPHQL_DUPLICATED: 'The extension brought a second copy of the package graphql.',
  TYPE_DEFS_NOT_SDL: 'typeDefs is neither SDL text, nor a file of it, nor a parsed document.',
  SCHEMA_DEFINITION_NOT_ALLOWED: 'An extension may not define or extend the schema itself.',
  TYPE_DEFINITION_INVALID: 'A scalar of GraphQL or of the core is defined again.',
  DIRECTIVE_DEFINITION_INVALID: 'A directive of GraphQL, the core or composition is defined again.',
  TYPE_NAME_PREFIX: 'A new type does not carry the name of its extension.',
  ROOT_FIELD_PREFIX: 'A root field does not start with the name of its extension.',
  DIRECTIVE_NAME_PREFIX: 'A new directive does not start with the name of its extension.',
  RESERVED_NAME: 'A name belongs to GraphQL or to JavaScript.',
  LIST_WITHOUT_BOUND: 'A list field has neither an argument that bounds it nor a declared size.',
  NON_NULL_ON_FOREIGN_TYPE: 'A non-null field on a foreign type: its failure would take the whole record.',
  DESCRIPTION_MISSING: 'Something clients see is not described.',
  DEPRECATION_INCOMPLETE: 'A deprecation does not say what to use instead, or since when.',
  MUTATION_SHAPE: 'A mutation does not take one input or does not answer userErrors.',
  // Ownership
  INVALID_FIELD_SHARING: 'A field has two owners.',
  OVERRIDE_UNUSED: 'An override names a field that has no other owner.',
  EXTENSION_WITH_NO_BASE: 'A type is extended that nobody defines.',
  TYPE_KIND_MISMATCH: 'A type has two kinds.',
  FIELD_TYPE_MISMATCH: 'A shared field has two types.',
  FIELD_ARGUMENT_TYPE_MISMATCH: 'A shared argument has two types.',
  FIELD_ARGUMENT_DEFAULT_MISMATCH: 'A shared argument has two defaults.',
  FIELD_ARGUMENT_MISSING: 'An optional argument of a shared field is in one definition only.',
  REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH: 'A required argument is in one definition only.',
  SHARED_FIELD_MISSING: 'A field of a shared type is in one definition only.',
  ENUM_VALUE_MISMATCH: 'A value of a shared enum is in one definition only.',
  EMPTY_MERGED_ENUM_TYPE: 'Two definitions of an enum have no value in common.',
  INPUT_FIELD_MISSING: 'An optional field of a shared input is in one definition only.',
  REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH: 'A required field of an input is in one definition only.',
  EMPTY_MERGED_INPUT_TYPE: 'Two definitions of an input have no field in common.',
  INPUT_FIELD_DEFAULT_MISMATCH: 'A shared input field has two defaults.',
  INPUT_ONE_OF_MISMATCH: 'A shared input is @oneOf in one definition only.',
  UNION_MEMBER_MISMATCH: 'A member of a shared union is in one definition only.',
  INTERFACE_MISMATCH: 'A shared type implements an interface in one definition only.',
  SCALAR_SPECIFIED_BY_MISMATCH: 'A shared scalar has two specifications.',
  SCALAR_IMPLEMENTATION_MISMATCH: 'A shared scalar has two implementations.',
  DIRECTIVE_LOCATIONS_MISMATCH: 'A shared directive is allowed in different places.',
  DIRECTIVE_REPEATABLE_MISMATCH: 'A shared directive is repeatable in one definition only.',
  // References
  UNKNOWN_TYPE: 'A type is used that nobody defines.',
  DEPENDENCY_NOT_DECLARED: 'A type of another extension is used without depending on it.',
  REQUIRES_INVALID_FIELDS: 'A batch field requires what is not a stored field of its type.',
  // Services elsewhere
  MERGE_TYPE_UNKNOWN: 'A service merges a type that its SDL does not have.',
  MERGE_LOOKUP_INVALID:
    'A lookup is not there, takes no list of keys, or answers no list of nullable records.',
  MERGE_KEY_INVALID: 'Records are looked up by what is not a stored field of their type.',
  MERGE_MISSING:
    'A service adds fields to a type of another, and nothing says how its records are looked up.',
  REFERENCE_WITHOUT_KEY: 'A service leads to a record of the core without telling its id.',
  REFERENCE_NOT_READABLE: 'A service leads to a record that neither it nor the core can read.',
  // Resolvers
  RESOLVER_INVALID: 'A resolver is not a function, or not what its type takes.',
  RESOLVER_WITHOUT_FIELD: 'A resolver answers no field of the SDL.',
  RESOLVER_ON_FOREIGN_TYPE: 'A field on a foreign type is resolved one parent at a time.',
  FIELD_WITHOUT_RESOLVER: 'A root field has no resolver.',
  FIELD_WITHOUT_BATCH: 'A field on a foreign type has no batch.',
  BATCH_WITHOUT_FIELD: 'A batch field is not in the SDL.',
  SUBSCRIPTION_WITHOUT_SUBSCRIBE: 'A subscription field has no subscribe.',
  ABSTRACT_TYPE_UNRESOLVED: 'Nothing says which type a value of an interface or union is.',
} as const satisfies Record<string, string>

export type ProblemCode = keyof typeof problemCodes
