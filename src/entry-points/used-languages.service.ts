import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { conflict } from '../common/problem.js';
import { EntryPoint } from './entry-point.entity.js';

const MAX_NAMED = 10;

/** Keeps a campaign from losing a language that one of its entry points uses. */
@Injectable()
export class UsedLanguagesService implements OnModuleInit {
  constructor(private readonly campaigns: CampaignsService) {}

  onModuleInit(): void {
    this.campaigns.guardLanguages(refuseUsedLanguages);
  }
}

async function refuseUsedLanguages(manager: EntityManager, campaignId: string, removed: string[]): Promise<void> {
  const entryPoints = await manager.find(EntryPoint, {
    select: { id: true, name: true, language: true },
    where: { campaignId, language: In(removed) },
    order: { id: 'ASC' },
    take: MAX_NAMED,
  });
  if (entryPoints.length === 0) return;
  const users = entryPoints.map(({ name, language }) => `"${name}" (${language})`).join(', ');
  throw conflict(
    'language_in_use',
    'Still in use by {{users}}. Give the entry point another language first.',
    { users },
    { entryPoints: entryPoints.map(({ id, name, language }) => ({ id, name, language })) },
  );
}
