/** A route of the HTTP API, as its resources in the template say. */
export interface GatewayRoute {
  /** `GET /calls/{callId}`, `ANY /files/{path+}` or `$default`. */
  routeKey: string;
  /** Whether the JWT authorizer guards it. */
  authorized: boolean;
  /** The token needs one of these; none needed when empty. */
  scopes: readonly string[];
  functionName: string;
}

/** The route chosen for a request, with its path parameters decoded. */
export interface RouteMatch {
  route: GatewayRoute;
  pathParameters: Record<string, string>;
}

interface CompiledRoute {
  route: GatewayRoute;
  method: string;
  segments: readonly Segment[];
}

interface Segment {
  kind: 'static' | 'variable' | 'greedy';
  text: string;
}

const RANK = { static: 0, variable: 1, greedy: 2 } as const;

const compileSegment = (segment: string): Segment => {
  const name = /^\{(.+?)(\+?)\}$/.exec(segment);
  if (!name) return { kind: 'static', text: segment };
  return { kind: name[2] === '+' ? 'greedy' : 'variable', text: name[1] ?? '' };
};

const compile = (route: GatewayRoute): CompiledRoute => {
  const [method = '', path = ''] = route.routeKey.split(' ');
  if (route.routeKey !== '$default' && !path.startsWith('/')) {
    throw new Error(`Route key "${route.routeKey}" is not of the form "METHOD /path": correct the route's RouteKey.`);
  }
  return { route, method, segments: path.split('/').slice(1).map(compileSegment) };
};

// Full matches win over greedy ones and these over $default; segment by segment the more specific one comes first.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
const bySpecificity = (left: CompiledRoute, right: CompiledRoute): number => {
  const isDefault = (compiled: CompiledRoute) => Number(compiled.route.routeKey === '$default');
  const isGreedy = (compiled: CompiledRoute) => Number(compiled.segments.at(-1)?.kind === 'greedy');
  const kinds = left.segments.map((segment, index) => {
    const other = right.segments[index];
    return other ? RANK[segment.kind] - RANK[other.kind] : 0;
  });
  return (
    isDefault(left) - isDefault(right) ||
    isGreedy(left) - isGreedy(right) ||
    kinds.find((difference) => difference !== 0) ||
    right.segments.length - left.segments.length ||
    Number(left.method === 'ANY') - Number(right.method === 'ANY')
  );
};

// An encoded slash belongs to its segment: segments are cut first and decoded after.
const capture = ({ route, segments }: CompiledRoute, path: readonly string[]): Record<string, string> | undefined => {
  if (route.routeKey === '$default') return {};
  const parameters: [string, string][] = [];
  for (const [index, segment] of segments.entries()) {
    const sent = path[index];
    if (sent === undefined) return undefined;
    if (segment.kind === 'greedy') {
      const rest = path.slice(index).join('/');
      return rest === '' ? undefined : Object.fromEntries([...parameters, [segment.text, decodeURIComponent(rest)]]);
    }
    if (segment.kind === 'static' && decodeURIComponent(sent) !== segment.text) return undefined;
    if (segment.kind === 'variable') {
      if (sent === '') return undefined;
      parameters.push([segment.text, decodeURIComponent(sent)]);
    }
  }
  return path.length === segments.length ? Object.fromEntries(parameters) : undefined;
};

/**
 * Compiles the routes into a matcher.
 *
 * A GET route does not serve HEAD, and a known path with another method matches nothing: the HTTP API has no 405.
 * @throws Error for a malformed route key, at once
 * @returns a function of the method and the path as sent, whose percent-encoding must be known to be decodable
 */
export const createRouteMatcher = (routes: readonly GatewayRoute[]) => {
  const compiled = routes.map(compile).sort(bySpecificity);
  return (method: string, path: string): RouteMatch | undefined => {
    const segments = path.split('/').slice(1);
    for (const candidate of compiled) {
      const serves = candidate.method === method || candidate.method === 'ANY' || candidate.method === '$default';
      const pathParameters = serves ? capture(candidate, segments) : undefined;
      if (pathParameters) return { route: candidate.route, pathParameters };
    }
    return undefined;
  };
};
