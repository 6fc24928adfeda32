import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiConflict, ApiNotFound, ApiValidated } from '../common/api-problems.decorator.js';
import { PageQuery } from '../common/cursor-page.js';
import { IdPipe } from '../common/id.pipe.js';
import { Access, Expensive } from './access.decorator.js';
import { AccountId, type Caller, CurrentCaller } from './caller.js';
import { CreatedUserDto, CreateUserDto, UpdateUserDto, UserDto, UserPageDto } from './user.dto.js';
import { UsersService } from './users.service.js';

@ApiTags('Users')
@Controller('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  /** Lists the account's users, newest first. */
  @Get()
  @Access('users:read')
  @ApiValidated()
  list(@AccountId() accountId: string, @Query() query: PageQuery): Promise<UserPageDto> {
    return this.users.list(accountId, query);
  }

  /** Creates a user, who must change the password after the first sign-in. */
  @Post()
  @Access('users:write')
  @Expensive()
  @ApiConflict('The e-mail address is in use.')
  @ApiValidated()
  create(@CurrentCaller() caller: Caller, @Body() body: CreateUserDto): Promise<CreatedUserDto> {
    return this.users.create(caller, body);
  }

  /** Changes the role or the password of another user, or disables or enables the user. */
  @Patch(':id')
  @Access('users:write')
  @Expensive()
  @ApiNotFound('user')
  @ApiConflict('The change would leave the account without an admin, or you tried to change yourself.')
  @ApiValidated()
  update(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: UpdateUserDto,
  ): Promise<UserDto> {
    return this.users.update(caller, id, body);
  }
}
