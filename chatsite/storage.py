"""Static files under hashed names, so that browsers may keep them for ever."""

from servestatic.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites the paths in `import` statements of our modules, which Django leaves alone by default."""

    support_js_module_import_aggregation = True
