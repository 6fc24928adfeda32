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

/** All described variables of a class, in the order they are written. */
export function describeSettings(environmentClass: new () => object): SettingDescription[] {
  return Reflect.getOwnMetadata(SETTINGS, environmentClass.prototype) ?? [];
}
