#version 300 es
#define PALETTE_SIZE 11
