import { CfnOutput, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CacheHeaderBehavior,
  CachePolicy,
  Distribution,
  HttpVersion,
  type IOrigin,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Construct } from 'constructs';
import { ORIGIN_SECRET_HEADER } from '#shared/contract/origin-secret.ts';
import type { ContractApi } from '../constructs/contract-api.ts';
import { pinLogicalId } from '../constructs/pinned.ts';
import { type EdgeSettings, originSecretText } from '../edge.ts';
import type { Stage } from '../stage.ts';

const PRICE_CLASSES = {
  '100': PriceClass.PRICE_CLASS_100,
  '200': PriceClass.PRICE_CLASS_200,
  all: PriceClass.PRICE_CLASS_ALL,
} as const satisfies Record<EdgeSettings['priceClass'], PriceClass>;

/** The same for everybody, whatever the query, and changed by deployments alone. */
const CACHED_PATHS = ['/docs', '/docs/*', '/openapi.json', '/schemas/*', '/.well-known/jwks.json'];

/**
 * What CloudFront keeps for 10 s where nothing else is said, even where caching is off and the reply says `no-store`: somebody else who asks the same path
 * would be told of another one's fault, or that there is nothing. All other codes it keeps where the reply has a max-age alone, which no error of ours has.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html#HTTPStatusCodes-cached-errors
 */
const KEPT_ERRORS = [404, 405, 414, 500, 501, 502, 503, 504];

/** CloudFront in front of the HTTP API, for stages that ask for it. Uploads and downloads go to S3 by presigned addresses, past it. */
export class EdgeStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { name, region }: Pick<Stage, 'name' | 'region'>,
    edge: EdgeSettings,
    { api }: ContractApi,
  ) {
    super(scope, id, { env: { region }, description: 'Shenbao: CloudFront in front of the API' });
    const [sent = ''] = edge.originSecrets;
    const origin = new HttpOrigin(`${api.apiId}.execute-api.${this.region}.${this.urlSuffix}`, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      // Longer than the gateway's own 30 s, so that whoever waits in vain gets the gateway's 503 and not CloudFront's 504.
      readTimeout: Duration.seconds(35),
      customHeaders: { [ORIGIN_SECRET_HEADER]: originSecretText(sent) },
    });
    const cached = this.cachedBehaviour(origin, name);
    const distribution = new Distribution(this, 'Distribution', {
      comment: `shenbao-${name}`,
      domainNames: [edge.domain],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', edge.certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PRICE_CLASSES[edge.priceClass],
      webAclId: edge.firewallArn,
      defaultBehavior: {
        origin,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // The Authorization header too. The gateway knows itself by its own name in Host alone.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        compress: false,
      },
      additionalBehaviors: Object.fromEntries(CACHED_PATHS.map((path) => [path, cached])),
      errorResponses: KEPT_ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
    });
    pinLogicalId(distribution, 'Distribution');
    this.acknowledge(distribution);
    new CfnOutput(this, 'EdgeUrl', { value: `https://${edge.domain}` });
    new CfnOutput(this, 'EdgeDnsTarget', { value: distribution.distributionDomainName });
  }

  private cachedBehaviour(origin: IOrigin, stage: string) {
    const cachePolicy = new CachePolicy(this, 'PublicPages', {
      cachePolicyName: `shenbao-${stage}-public-pages`,
      comment: 'As long as the reply says, an hour at most',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.hours(1),
      // The gateway names the origin that it allows in the reply.
      headerBehavior: CacheHeaderBehavior.allowList('Origin'),
      enableAcceptEncodingGzip: true,
    });
    return {
      origin,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      cachePolicy,
      // What a preflight says, and nothing that is not part of the cache's key but might change a reply.
      originRequestPolicy: OriginRequestPolicy.CORS_S3_ORIGIN,
    };
  }

  private acknowledge(distribution: Distribution): void {
    Validations.of(distribution).acknowledge(
      {
        id: 'AwsSolutions-CFR1',
        reason:
          'Applicants and their partners may be anywhere; who may apply is decided by the call, not by the country of an address.',
      },
      {
        id: 'AwsSolutions-CFR3',
        reason:
          'A log of CloudFront holds addresses of people and paths of what they look at. The access log of the API has every request that passed, and the metrics of the firewall how many did not.',
      },
    );
  }
}
