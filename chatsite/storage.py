"""Static files under hashed names, so that browsers may keep them for ever."""

from django.core.files.base import ContentFile
from rjsmin import jsmin
from servestatic.storage import CompressedManifestStaticFilesStorage

OURS = ("js/", "worker/")


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites the paths in `import` statements of our modules, which Django leaves alone by default."""

    support_js_module_import_aggregation = True
    max_post_process_passes = 20  # a chain of imports takes up to one for each link

    def _save(self, name, content):
        """Our modules go out without their comments and blanks: 30 kB of a first visit, compressed."""
        if name.startswith(OURS) and name.endswith(".js"):
            content = ContentFile(jsmin(b"".join(content.chunks()).decode()).encode())
        return super()._save(name, content)

    def _post_process(self, paths, adjustable_paths, hashed_files):
        """Libraries stay as they were published: they import nothing, and reading megabytes for that takes seconds."""
        ours = [path for path in adjustable_paths if path.endswith(".css") or not path.startswith("vendor/")]
        is_first = len(paths) > len(adjustable_paths)
        remaining = paths if is_first else {path: paths[path] for path in ours}
        return super()._post_process(remaining, ours, hashed_files)
