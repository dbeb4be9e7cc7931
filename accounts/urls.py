"""Addresses for signing in and out, and for one's own settings."""

from django.conf import settings
from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/link/", views.ask_for_link, name="ask-for-link"),
    path("sign-in/link/<slug:token>/", views.open_link, name="open-link"),
    path("sign-in/code/", views.enter_code, name="enter-code"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("stay-signed-in/", views.stay_signed_in, name="stay-signed-in"),
    path("account/", views.settings_page, name="settings"),
]
if settings.DEMO:
    urlpatterns.append(path("demo/sign-in/", views.demo_sign_in, name="demo-sign-in"))
