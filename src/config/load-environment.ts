import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { Environment } from './environment.js';
import { describeSettings, formerNamesOf } from './setting.decorator.js';

/** Thrown when the environment breaks a rule; the message lists every problem at once. */
export class EnvironmentError extends Error {}

/**
 * Reads and checks the environment, once.
 * @throws EnvironmentError naming each variable that is wrong and what it must be.
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

/** A setting that was renamed must not be ignored without a word: what it said would not hold any more. */
function refuseFormerNames(source: NodeJS.ProcessEnv): void {
  const renamed = [...formerNamesOf(Environment)].filter(([formerName]) => Boolean(source[formerName]));
  if (renamed.length === 0) return;
  const lines = renamed.map(([formerName, name]) => `  ${formerName} is called ${name} now. Set ${name} instead.`);
  throw new EnvironmentError(['The configuration uses names of an earlier version:', ...lines].join('\n'));
}

function describe(problems: ReturnType<typeof validateSync>): string {
  const lines = problems.map(({ property, constraints }) => {
    const rules = Object.values(constraints ?? {}).map((rule) => rule.replace(`${property} `, ''));
    return `  ${property} ${rules.join('; ')}`;
  });
  return ['The configuration is wrong:', ...lines, 'Every variable is described in .env.example.'].join('\n');
}
