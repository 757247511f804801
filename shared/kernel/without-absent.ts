type WithoutAbsent<Fields> = {
  readonly [Name in keyof Fields as undefined extends Fields[Name] ? Name : never]?: Exclude<
    Fields[Name],
    undefined
  >
} & {
  readonly [Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name]
}

/** Drops the members that are `undefined`, so that absent means absent on the wire and in the table. */
export const withoutAbsent = <Fields extends object>(fields: Fields): WithoutAbsent<Fields> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as WithoutAbsent<Fields>
