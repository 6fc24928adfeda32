import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from './access.decorator.js';
import { AgentPageDto } from './agent.dto.js';
import { AccountId } from './caller.js';
import { UsersService } from './users.service.js';

@ApiTags('Users')
@Controller('agents')
export class AgentsController {
  constructor(private readonly users: UsersService) {}

  /** Lists the users to whom contacts can be assigned: all agents and admins who are not disabled, by e-mail address. */
  @Get()
  @Access('contacts:read')
  async list(@AccountId() accountId: string): Promise<AgentPageDto> {
    return { data: await this.users.listAgents(accountId), nextCursor: null };
  }
}
