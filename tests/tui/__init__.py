"""The screens, tried as a mentor uses them: by keys, and by what stands on the terminal."""
