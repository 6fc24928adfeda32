import { ValidateIf } from 'class-validator';

/** The field may be left out but must not be null. `@IsOptional` would accept null, also for columns that are NOT NULL. */
export const MayBeLeftOut = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);
