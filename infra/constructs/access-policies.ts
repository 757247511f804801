import { ManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import type { Allowance } from '../access.ts'

/** IAM takes 6,144 characters in a managed policy, and 10,240 in all that stand in the role itself. */
const pageCharacters = 5_500

/** ARNs are known only when they are deployed; none of ours is longer. */
const arnCharacters = 120

const lengthOf = ({ sid, actions, resources, conditions }: Allowance): number =>
  JSON.stringify({ Sid: sid, Effect: 'Allow', Action: actions, Condition: conditions }).length +
  resources.length * arnCharacters +
  30

/** Fills page after page, in the order of the words. */
export function pagesOf(allowances: readonly Allowance[]): readonly (readonly Allowance[])[] {
  const pages: Allowance[][] = [[]]
  let length = 0
  for (const allowance of allowances) {
    length += lengthOf(allowance)
    if (length > pageCharacters) {
      pages.push([])
      length = lengthOf(allowance)
    }
    pages.at(-1)?.push(allowance)
  }
  return pages
}

export const documentOf = (allowances: readonly Allowance[]): PolicyDocument =>
  new PolicyDocument({ statements: allowances.map((each) => new PolicyStatement(each)) })

/** What does not fit into a role itself is attached to it, as policies of this one role. */
export const attachedPolicies = (
  scope: Construct,
  pages: readonly (readonly Allowance[])[],
): ManagedPolicy[] =>
  pages.map((page, index) => {
    const description = 'What does not fit into the role itself'
    return new ManagedPolicy(scope, `Access${index + 2}`, {
      description,
      document: documentOf(page),
    })
  })
