import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { Environment } from './environment.js';
import { describeSettings, formerNamesOf } from './setting.decorator.js';

/** Thrown when environment variables are invalid; the message lists every problem. */
export class EnvironmentError extends Error {}

/**
 * Reads and validates the environment.
 * @throws EnvironmentError that names each invalid variable and says what it must be
 */
export function loadEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  refuseFormerNames(source);
  const known = describeSettings(Environment).map(({ name }) => [name, source[name]] as const);
  const given = Object.fromEntries(known.filter(([, value]) => value !== undefined && value !== ''));
  const environment = plainToInstance(Environment, given, { exposeDefaultValues: true });
  const problems = validateSync(environment, { forbidUnknownValues: true });
  if (problems.length > 0) throw new EnvironmentError(describe(problems));
  return Object.freeze(environment);
}

/** Ignoring a former name silently would put the setting back to its default. */
function refuseFormerNames(source: NodeJS.ProcessEnv): void {
  const renamed = [...formerNamesOf(Environment)].filter(([formerName]) => Boolean(source[formerName]));
  if (renamed.length === 0) return;
  const lines = renamed.map(([formerName, name]) => `  ${formerName} is now called ${name}. Set ${name} instead.`);
  throw new EnvironmentError(['The configuration uses names from an earlier version:', ...lines].join('\n'));
}

function describe(problems: ReturnType<typeof validateSync>): string {
  const lines = problems.map(({ property, constraints }) => {
    const rules = Object.values(constraints ?? {}).map((rule) => rule.replace(`${property} `, ''));
    return `  ${property} ${rules.join('; ')}`;
  });
  return ['The configuration is invalid:', ...lines, '.env.example describes every variable.'].join('\n');
}
