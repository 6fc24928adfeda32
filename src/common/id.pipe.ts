import { Injectable, type PipeTransform } from '@nestjs/common';
import { UUID_POSITION } from './cursor-page.js';
import { Problem } from './problem.js';

/** Validates an id in a path. A value that is not a UUID is answered 404, like an id that does not exist. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (UUID_POSITION.test(id)) return id;
    throw new Problem(404, 'not_found', 'Nothing in this account has this id; an id is a lower-case UUID.');
  }
}
