import 'reflect-metadata';

const SETTINGS = Symbol('settings');

/** What `.env.example` says about one environment variable. */
export interface SettingDescription {
  name: string;
  sentence: string;
  example?: string;
}

/** Describes an environment variable in one sentence; `.env.example` is generated from it. */
export function Setting(sentence: string, example?: string): PropertyDecorator {
  return (target, name) => {
    const settings: SettingDescription[] = Reflect.getOwnMetadata(SETTINGS, target) ?? [];
    settings.push({ name: String(name), sentence, example });
    Reflect.defineMetadata(SETTINGS, settings, target);
  };
}

const FORMER_NAMES = Symbol('former names');

/** Declares the former name of an environment variable, so that setting the former name stops the start. */
export function FormerName(formerName: string): PropertyDecorator {
  return (target, name) => {
    const names: Map<string, string> = Reflect.getOwnMetadata(FORMER_NAMES, target) ?? new Map();
    names.set(formerName, String(name));
    Reflect.defineMetadata(FORMER_NAMES, names, target);
  };
}

/** The former names of the variables of a class, each mapped to its current name. */
export function formerNamesOf(environmentClass: new () => object): ReadonlyMap<string, string> {
  return Reflect.getOwnMetadata(FORMER_NAMES, environmentClass.prototype) ?? new Map<string, string>();
}

/** All described variables of a class, in the order in which they are declared. */
export function describeSettings(environmentClass: new () => object): SettingDescription[] {
  return Reflect.getOwnMetadata(SETTINGS, environmentClass.prototype) ?? [];
}
