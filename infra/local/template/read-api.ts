import * as z from 'zod';
import type { LocalApi } from './local-model.ts';
import { parseProperties } from './parse-properties.ts';
import { functionName } from './read-function.ts';
import type { ResolvedResource } from './resolve-assembly.ts';

const ApiProperties = z.object({
  ProtocolType: z.literal('HTTP'),
  Body: z.never('routes are read from their own resources').optional(),
  CorsConfiguration: z
    .object({
      AllowOrigins: z.array(z.string()).default([]),
      AllowMethods: z.array(z.string()).default([]),
      AllowHeaders: z.array(z.string()).default([]),
      ExposeHeaders: z.array(z.string()).default([]),
      MaxAge: z.number().optional(),
      AllowCredentials: z.boolean().optional(),
    })
    .optional(),
});

const StageProperties = z.object({
  // Any other stage puts its name before every path.
  StageName: z.literal('$default'),
  DefaultRouteSettings: z.object({ ThrottlingRateLimit: z.number(), ThrottlingBurstLimit: z.number() }),
  RouteSettings: z.never('a throttle per route is not served by the local machine').optional(),
});

const AuthorizerProperties = z.object({
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
  JwtConfiguration: z.object({ Audience: z.array(z.string()), Issuer: z.string() }),
});

const IntegrationProperties = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});

const RouteProperties = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
  AuthorizationScopes: z.array(z.string()).default([]),
});

/** What the local machine can serve of the kind: one of it. */
const single = (resources: readonly ResolvedResource[], type: string): ResolvedResource => {
  const [only, ...others] = resources.filter((each) => each.type === type);
  if (!only || others.length > 0)
    throw new Error(`The local machine serves one ${type}, and the template has ${only ? others.length + 1 : 'none'}.`);
  return only;
};

const readAuthorizer = (resources: readonly ResolvedResource[]): Pick<LocalApi, 'authorizer'> => {
  const type = 'AWS::ApiGatewayV2::Authorizer';
  if (!resources.some((each) => each.type === type)) return {};
  const { JwtConfiguration } = parseProperties(single(resources, type), AuthorizerProperties);
  return { authorizer: { issuer: JwtConfiguration.Issuer, audience: JwtConfiguration.Audience } };
};

const readCors = (resources: readonly ResolvedResource[]): Pick<LocalApi, 'cors'> => {
  const cors = parseProperties(single(resources, 'AWS::ApiGatewayV2::Api'), ApiProperties).CorsConfiguration;
  if (!cors) return {};
  return {
    cors: {
      allowOrigins: cors.AllowOrigins,
      allowMethods: cors.AllowMethods,
      allowHeaders: cors.AllowHeaders,
      exposeHeaders: cors.ExposeHeaders,
      ...(cors.MaxAge === undefined ? {} : { maxAge: cors.MaxAge }),
      ...(cors.AllowCredentials === undefined ? {} : { allowCredentials: cors.AllowCredentials }),
    },
  };
};

/** The HTTP API: routes with their functions, authorizer, CORS and throttle. */
export const readApi = (resources: readonly ResolvedResource[]): LocalApi => {
  const integrations = new Map(
    resources
      .filter(({ type }) => type === 'AWS::ApiGatewayV2::Integration')
      .map((each) => [String(each.reference), parseProperties(each, IntegrationProperties)]),
  );
  const stage = parseProperties(single(resources, 'AWS::ApiGatewayV2::Stage'), StageProperties);
  return {
    routes: resources
      .filter(({ type }) => type === 'AWS::ApiGatewayV2::Route')
      .map((resource) => {
        const route = parseProperties(resource, RouteProperties);
        const integration = integrations.get(route.Target.replace('integrations/', ''));
        if (!integration) throw new Error(`Route ${route.RouteKey} names no integration of the template.`);
        return {
          routeKey: route.RouteKey,
          authorized: route.AuthorizationType === 'JWT',
          scopes: route.AuthorizationScopes,
          functionName: functionName(integration.IntegrationUri),
        };
      }),
    ...readAuthorizer(resources),
    ...readCors(resources),
    throttle: {
      rateLimit: stage.DefaultRouteSettings.ThrottlingRateLimit,
      burstLimit: stage.DefaultRouteSettings.ThrottlingBurstLimit,
    },
  };
};
