/** Version of the schema that the events follow. */
export const ocsfVersion = '1.5.0'

export interface OcsfClass {
  readonly uid: number
  readonly name: string
  readonly category: { readonly uid: number; readonly name: string }
}

const iam = { uid: 3, name: 'Identity & Access Management' } as const

/**
 * The classes of the Open Cybersecurity Schema Framework that our events belong to.
 *
 * @see https://schema.ocsf.io/1.5.0/categories/iam
 */
export const ocsfClasses = {
  baseEvent: { uid: 0, name: 'Base Event', category: { uid: 0, name: 'Uncategorized' } },
  accountChange: { uid: 3001, name: 'Account Change', category: iam },
  authentication: { uid: 3002, name: 'Authentication', category: iam },
  authorizeSession: { uid: 3003, name: 'Authorize Session', category: iam },
  entityManagement: { uid: 3004, name: 'Entity Management', category: iam },
  groupManagement: { uid: 3006, name: 'Group Management', category: iam },
} as const satisfies Record<string, OcsfClass>

export type OcsfClassName = keyof typeof ocsfClasses

/** What is done in each class, by the number that the schema gives it; 99 is named by the source. */
export const ocsfActivities = {
  baseEvent: {},
  accountChange: { create: [1, 'Create'], changePassword: [3, 'Password Change'] },
  authentication: { logon: [1, 'Logon'], logoff: [2, 'Logoff'] },
  authorizeSession: { assign: [1, 'Assign Privileges'] },
  entityManagement: { create: [1, 'Create'], update: [3, 'Update'], delete: [4, 'Delete'] },
  groupManagement: { addUser: [3, 'Add User'] },
} as const satisfies Record<OcsfClassName, Readonly<Record<string, OcsfActivity>>>

export type OcsfActivity = readonly [id: number, name: string]

/** An activity that the schema has no number for. */
export const other = (name: string): OcsfActivity => [99, name]
