#!/usr/bin/env python3
"""Filled in by the frame: see ARCHITECTURE.md."""
