import { Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { expect, test, vi } from 'vitest'
import { acceptedRules } from '#infra/checks.ts'
import { assemble } from './synthesis.ts'

const findings = (settings = {}): readonly string[] =>
  new AwsSolutionsChecks()
    .validateScope(assemble(settings).app)
    .violations.map(({ ruleName }) => ruleName)
    .sort()

const withEverything = {
  domainName: 'id.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
  mtlsDomain: 'mtls.example.com',
  mtlsCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
  webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/1',
}

test('cdk-nag, AWS Solutions: no finding without a written reason', () => {
  expect(findings()).toEqual([])
})

test("cdk-nag, AWS Solutions: none either with a domain and a web ACL of one's own", () => {
  expect(findings(withEverything)).toEqual([])
})

test('No reason outlives its finding', () => {
  vi.spyOn(Validations.prototype, 'acknowledge').mockReturnValue()
  const rules = findings().map((finding) => finding.replace(/\[.*$/, ''))
  expect([...new Set(rules)]).toEqual(acceptedRules)
})

test("A domain and a web ACL of one's own end the findings about them", () => {
  vi.spyOn(Validations.prototype, 'acknowledge').mockReturnValue()
  expect(findings(withEverything)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/CFR[24]/)]),
  )
})
