# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The words for what ``outbox`` finds wrong with a setting."""


def setting_error_text(env, error):
    """Return a sentence that says what is wrong and what to write instead.

    :param error: outbox.errors.SettingError
    """
    texts = {
        "schedule_part": env._(
            "%s is no wait. Write numbers with s, m, h or d, such as 5s 5m 2h.",
            error.value,
        ),
        "url_scheme": env._(
            "%s must begin with https://. Plain http:// is for endpoints in your own "
            "network, which an administrator allows in their form.",
            error.value,
        ),
        "url_host": env._(
            "%s is no address. Write it like https://api.example.org/v1.", error.value
        ),
        "url_login": env._(
            "The address of %s holds a login. Take it out and write it under "
            "Authentication, where it is kept secret.",
            error.value,
        ),
        "url_port": env._("%s has a port that is no number.", error.value),
        "url_fragment": env._("%s: leave out what follows #.", error.value),
        "path": env._(
            "%s is no path below the endpoint: begin with one slash, without .., # or "
            "blanks.",
            error.value,
        ),
        "secret_missing": env._(
            "The authentication needs a secret: write it in the form of the endpoint."
        ),
        "webhook_secret": env._(
            "The secret of a webhook is whsec_ and the base64 of 24 to 64 bytes. Leave "
            "it empty to have one made."
        ),
    }
    return texts[error.code]
