import { applyDecorators } from '@nestjs/common';
import { IsString, Length } from 'class-validator';
import { PASSWORD_LENGTH } from './password.js';

const { min, max } = PASSWORD_LENGTH;

/** A password that a person chooses. It needs no particular characters, since its length makes it hard to guess. */
export const IsNewPassword = (): PropertyDecorator =>
  applyDecorators(IsString(), Length(min, max, { message: `must be ${min} to ${max} characters long` }));
