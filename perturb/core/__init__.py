"""The pure heart: texts, edits, streams, transforms, the engine. No files, no clock, no third party."""
