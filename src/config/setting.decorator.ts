import 'reflect-metadata';

const SETTINGS = Symbol('settings');

/** What a reader of `.env.example` needs to know of one environment variable. */
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

/** Says that an environment variable had another name: whoever still sets that one is told, instead of ignored. */
export function FormerName(formerName: string): PropertyDecorator {
  return (target, name) => {
    const names: Map<string, string> = Reflect.getOwnMetadata(FORMER_NAMES, target) ?? new Map();
    names.set(formerName, String(name));
    Reflect.defineMetadata(FORMER_NAMES, names, target);
  };
}

/** Former names of the variables of a class, each with the name of today. */
export function formerNamesOf(environmentClass: new () => object): ReadonlyMap<string, string> {
  return Reflect.getOwnMetadata(FORMER_NAMES, environmentClass.prototype) ?? new Map<string, string>();
}

/** All described variables of a class, in the order they are written. */
export function describeSettings(environmentClass: new () => object): SettingDescription[] {
  return Reflect.getOwnMetadata(SETTINGS, environmentClass.prototype) ?? [];
}
