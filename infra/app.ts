import { App } from 'aws-cdk-lib'
import cdk from '../cdk.json' with { type: 'json' }
import { buildFunctions, functionsDirectory } from '../tools/build.ts'
import { Sallyport } from './constructs/sallyport.ts'

await buildFunctions()

const app = new App({ context: cdk.context })
const given = (name: string): string | undefined => app.node.tryGetContext(name)
new Sallyport(app, 'Sallyport', {
  functionsDirectory,
  domainName: given('domainName'),
  certificateArn: given('certificateArn'),
  mtlsDomain: given('mtlsDomain'),
  mtlsCertificateArn: given('mtlsCertificateArn'),
  webAclArn: given('webAclArn'),
  observability: given('observability') !== 'off',
  alarmTopicArn: given('alarmTopicArn'),
})
app.synth()
