// CommonJS Nest libraries require() the ESM-only Nest 12. Under Jest that fails with "in a cycle", unless Nest is loaded already.
import 'reflect-metadata';
import '@nestjs/common';
import '@nestjs/core';
import '@nestjs/swagger';
